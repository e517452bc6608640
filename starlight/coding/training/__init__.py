"""Train the tagger. This needs PyTorch (`pip install -e '.[training]'`), which nothing else does."""
