"""Books kept on agencies, posts and people (考评)."""
