"""Who said what: the pure half of the trained attribution model.

`layout` turns a report into word pieces, features and windows, `decode` turns the scores of a
window into relations, `manner` and `modality` say how a thing was said.
Training and run time share every line of it; nothing here loads or runs a model.
"""
