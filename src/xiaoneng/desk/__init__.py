"""The one door (受理台): every write to a matter goes through here."""
