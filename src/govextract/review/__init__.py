"""Review by a person: the page that shows every figure in its sentence, the decisions, and what becomes of them."""
