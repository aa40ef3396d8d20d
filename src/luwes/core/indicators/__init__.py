"""Indicators: figures in, codes and facts out."""
