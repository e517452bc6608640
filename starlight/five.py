"""The five reviews that come with Starlight, loaded and counted: a cell that takes what it needs from here runs alone.

Importing this also makes charts show in JupyterLab.
"""

import starlight as st

st.setup_notebook()
reviews = st.load_reviews()
sentences = st.split_sentences(reviews)
mentions = st.find_mentions(sentences)
opinions = st.read_opinions()
names = reviews[["review_id", "name"]]
