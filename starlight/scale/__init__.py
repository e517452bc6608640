"""Annotate more reviews than fit in memory, on all cores of one machine or on a cluster.

`annotation` has the call and its loop, `survey` what has to be known of the whole source beforehand, `pieces` what is
done with one piece, `workers` who does it, and `folder` where it is kept.
"""

from .annotation import annotate

__all__ = ["annotate"]
