"""The subjects of this project: what each paper or theory says, as numbers. A module here is found by being here."""
