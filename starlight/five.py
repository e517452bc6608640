"""The five reviews that come with Starlight, loaded and counted: a cell that takes what it needs from here runs alone.

`opinions` is the settled coding, `tagger` the stored coding of the tagger. Importing this also makes charts show in
JupyterLab.
"""

import starlight as st

from .coding.tagger import settings

st.setup_notebook()
reviews = st.load_reviews()
names = reviews[["review_id", "name"]]
sentences = st.split_sentences(reviews)
mentions = st.find_mentions(sentences)
opinions = st.read_opinions()
first_reading, second_reading = st.read_opinions(coder="reader_1"), st.read_opinions(coder="reader_2")
tagger = st.read_opinions(coder=settings().name)
