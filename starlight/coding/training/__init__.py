"""How the tagger is trained. It needs PyTorch (`pip install -e .[training]`), which nothing else does."""
