"""Pictures (图): what Vega draws in the browser and on the server, from values; each has a table behind it."""
