"""How the invented cases of ``data/raw/demo`` are made; run by ``scripts/make_demo.py``."""
