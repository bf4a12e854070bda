//! The commands, one a file.
//! In: parsed arguments. Out: answers on the standard streams, an exit status. Never: mathematics.

mod axis;
mod bound;
mod check;
mod crb;
mod derive;
mod divergence;
mod emit;
mod eval;
mod eval_table;
mod families;
mod fisher;
mod fit;
mod fragment;
mod geometry;
mod given;
mod hessian;
mod influence;
mod jeffreys;
mod natural_gradient;
mod plot;
mod point;
mod question;
mod reduction;
mod reparam;
mod repl;
mod score;
mod versus;

use crate::answer::Exit;
use crate::arguments::Command;

/// Does the command.
pub fn run(command: Command) -> Exit {
    match command {
        Command::Derive(options) => derive::run(&options),
        Command::Score(input) => score::run(&input),
        Command::Hessian(input) => hessian::run(&input),
        Command::Fisher(options) => fisher::run(&options),
        Command::Crb(options) => crb::run(&options),
        Command::Check(options) => check::run(&options),
        Command::Eval(options) => eval::run(&options),
        Command::Families(options) => families::run(&options),
        Command::Reparam(options) => reparam::run(&options),
        Command::Jeffreys(input) => jeffreys::run(&input),
        Command::NaturalGradient(options) => natural_gradient::run(&options),
        Command::Influence(input) => influence::run(&input),
        Command::Divergence(options) => divergence::run(&options),
        Command::Geometry(options) => geometry::run(&options),
        Command::Fit(options) => fit::run(&options),
        Command::Bound(options) => bound::run(&options),
        Command::Emit(options) => emit::run(&options),
        Command::Plot(options) => plot::run(&options),
        Command::Repl => repl::run(),
    }
}
