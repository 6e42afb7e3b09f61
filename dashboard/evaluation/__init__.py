"""How good the method is: made worlds, published series of others, audits of machine coding."""
