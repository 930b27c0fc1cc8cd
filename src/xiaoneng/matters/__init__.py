"""The kernel (办件): acts, the grammar of a procedure, the dossier."""
