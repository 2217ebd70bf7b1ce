"""The use cases: add a review, label, search, count, publish, train. The only place that joins the rooms."""
