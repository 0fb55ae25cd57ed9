"""The rule-based finder of attributions: the baseline that a trained model is measured against.

Rule: only closed-class words, punctuation, quotation marks and a list of reporting
words are used; there is no parser and nothing is learned.
"""

from sayso.extract.rules.finder import RulesFinder

__all__ = ["RulesFinder"]
