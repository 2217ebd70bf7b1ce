"""From the bytes of a PDF to a review's particulars and its recommendations, verbatim and with their places."""
