"""The tamper-evident log (存证账): knows hashes and signatures, no matter and no law."""
