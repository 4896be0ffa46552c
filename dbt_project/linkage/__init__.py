"""Record linkage: the trained match model, how it is trained, scored, explained and measured."""
