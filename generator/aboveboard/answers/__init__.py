"""Answer: questions that readers ask, answered from facts in sentences that know their claims."""
