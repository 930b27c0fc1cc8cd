"""How other systems' logs come in (接入): imports into columns, their cases on the board, tokens of senders."""
