"""`convbound conform`: whether somebody's sampler follows the law of a scheme."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from convbound.bounds.errors import InputError
from convbound.checks.commands.options import Option
from convbound.checks.simulation.schemes import scheme_names

EXIT = {"conforms": 0, "does not conform": 1, "open": 1}
MARKS = {True: "yes", False: "NO", None: "open"}


@click.command("conform")
@click.argument("sampler", metavar="MODULE:CALLABLE")
@click.option(
    "--scheme",
    default="zim",
    show_default=True,
    metavar="NAME",
    help=f"The law: {', '.join(scheme_names())}; or your own, MODULE:CLASS or file.py:CLASS.",
)
@click.option("--n", "trials", default="1", show_default=True, metavar="NUMBER", help="ZIM's draws a step.")
@click.option("--r", "rate", default="1", show_default=True, metavar="NUMBER", help="Probability that a draw moves.")
@click.option("--c", "smoothing", default="1", show_default=True, metavar="NUMBER", help="ZIM's smoothing.")
@click.option("--alpha", default="0.1", show_default=True, metavar="NUMBER", help="Rate of stochastic rounding.")
@click.option("--set", "settings", metavar="NAME=NUMBER", multiple=True, help="A parameter of your own scheme.")
@click.option("--gradient", "gradients", metavar="G1,G2,…", multiple=True, help="Where to draw, instead of the usual.")
@click.option("--batched", is_flag=True, help="The callable takes one gradient a row.")
@click.option("--torch", is_flag=True, help="The callable takes tensors of PyTorch.")
@click.option("--within", default="0.01", show_default=True, metavar="SHARE", help="How exactly means are confirmed.")
@click.option("--error", default="1e-9", show_default=True, metavar="NUMBER", help="Error probability of the answer.")
@click.option("--budget", default="300", show_default=True, metavar="SECONDS", help="What is undecided then is open.")
@click.option("--seed", default="0", show_default=True, metavar="NUMBER", help="Of the generators it is given.")
@click.option("--json", "as_data", is_flag=True, help="Print one JSON document instead.")
def command(sampler: str, **options: Option) -> int:
    """Does the sampler MODULE:CALLABLE (or file.py:CALLABLE) follow the law of a scheme?

    It is called with a gradient of shape (d,) and returns the update: what is subtracted from the weights, in steps of
    the lattice. A parameter called rng is given a NumPy generator, generator one of PyTorch, seed a number. Exit code
    0: it conforms, within the stated share and error probability; 1: it does not, or the time was too short to say.

    \b
    convbound conform my_optimizer.py:zim_step --scheme zim --n 4 --c 1
    convbound conform my_optimizer:step --torch --batched --scheme rounding --alpha 0.1
    """
    from convbound.checks.conformance.conformance import conform
    from convbound.checks.conformance.foreign_sampler import load_sampler
    from convbound.checks.parameter_options import read_number
    from convbound.checks.simulation.input import read_settings, real, whole
    from convbound.checks.simulation.schemes.coordinate import CoordinateScheme
    from convbound.checks.simulation.schemes.own import build_scheme

    numbers = {
        "n": whole(options["trials"], "--n"),
        "r": real(options["rate"], "--r"),
        "c": real(options["smoothing"], "--c", zero=True),
        "alpha": real(options["alpha"], "--alpha"),
        "noise": 0,
    }
    within, error = real(options["within"], "--within"), real(options["error"], "--error")
    if not (within <= 1 and error < 1):
        raise InputError("--within must be at most 1 and --error below 1.")
    seed, budget = whole(options["seed"], "--seed", 0, None), float(real(options["budget"], "--budget"))
    scheme = build_scheme(options["scheme"], numbers, read_settings(options["settings"]))
    if isinstance(scheme, CoordinateScheme) and not scheme.has("law"):
        raise InputError(f"--scheme: {scheme.title} has no law to conform to: add law(self, g).")
    gradients = [tuple(read_number(x.strip(), "--gradient") for x in g.split(",")) for g in options["gradients"]]
    foreign = load_sampler(sampler, batched=options["batched"], torch=options["torch"], seed=seed)
    found = conform(
        foreign,
        scheme,
        gradients=gradients or None,
        seed=seed,
        alpha=float(error),
        within=float(within),
        budget=budget,
    )
    if options["as_data"]:
        about = {"format": "convbound-conformance/1", "sampler": sampler, "scheme": scheme.text()}
        click.echo(json.dumps({**about, **asdict(found)}, ensure_ascii=False, indent=2))
        return EXIT[found.verdict]
    click.echo(
        f"{sampler} {'is undecided against' if found.verdict == 'open' else found.verdict + ' to'} {scheme.text()}."
    )
    if found.explanation:
        click.echo(f"  It looks like this: {found.explanation}.")
    for finding in found.findings:
        click.echo(f"  {MARKS[finding.holds]:4}  {finding.text}")
    click.echo(f"  {found.draws} draws; error probability at most {float(error):.2g}; means to {float(within):.2g}.")
    return EXIT[found.verdict]
