"""How well suggestions fit what is written, on judged collections in BEIR's form."""
