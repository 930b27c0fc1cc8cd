"""Views, one module a page family."""
