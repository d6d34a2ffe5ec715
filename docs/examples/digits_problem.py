"""Softmax regression on the handwritten digits of scikit-learn, with weights on a lattice of spacing 1/4.

convbound simulate --problem docs/examples/digits_problem.py:Digits --n 8 --c 0.1 --steps 2000 --chains 4
"""

import numpy as np
from sklearn.datasets import load_digits

digits = load_digits()
x = np.column_stack([digits.data / 16, np.ones(len(digits.data))])  # 64 pixels and a constant
train, test = slice(0, 1400), slice(1400, None)
truth = np.eye(10)[digits.target]


def accuracy(w):
    """The share of the test images whose largest score is that of their digit."""
    return (np.argmax(x[test] @ w.reshape(65, 10), axis=1) == digits.target[test]).mean()


class Digits:
    """The mean cross-entropy over the training images; w holds a column of 65 weights for each digit."""

    def __init__(self):
        self.start = np.zeros(650)
        self.spacing = 0.25
        self.infimum = 0
        self.smoothness = np.linalg.eigvalsh(x[train].T @ x[train] / 1400)[-1] / 2  # log-sum-exp is 1/2-smooth
        self.metrics = {"test accuracy": accuracy}

    def log_probabilities(self, w):
        """Shape (1400, 10)."""
        scores = x[train] @ w.reshape(65, 10)
        scores -= scores.max(axis=1, keepdims=True)
        return scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))

    def value(self, w):
        """F(w)."""
        return -(self.log_probabilities(w) * truth[train]).sum(axis=1).mean()

    def gradient(self, w):
        """The gradient of F, shape (650,)."""
        return (x[train].T @ (np.exp(self.log_probabilities(w)) - truth[train]) / 1400).ravel()
