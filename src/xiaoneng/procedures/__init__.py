"""One module a procedure (程序), each a readable declaration."""
