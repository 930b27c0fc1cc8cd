"""Time limits as arithmetic (时限历法): knows no case, no database and no clock on the wall."""
