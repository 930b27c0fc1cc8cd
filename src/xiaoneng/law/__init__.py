"""What is cited, and how a thing is said in both languages (法与词)."""
