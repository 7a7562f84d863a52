"""What a vergi levhası or a ticaret sicil gazetesi says about the company that hands it in. PURE.

From the top: `asking` has a file opened in a confined process and its words read; `papers` knows the kinds and
whose a paper is; `tax_plate` and `gazette` read one kind each; `values`, `addresses` and `comparing` are about
single values; `rules` is the table of words, `papers.txt`; `layout` puts words into lines and columns; `page_text`
takes them out of the file (docs/decisions/0023-reading-papers.md).
"""
