"""What is decided about things beside editing them: withdrawing, holding, approving, sharing, translating."""
