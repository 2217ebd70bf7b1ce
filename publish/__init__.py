"""The plan as files that people use: workbooks, documents, tables, charts. Contents go in, files come out."""
