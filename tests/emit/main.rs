//! Programs of `emit`, run by the software they are written for and compared with the evaluator.
//! In: families of the catalogue, models of every kind. Out: test results. Never: a number of the program's own making on both sides.

mod database;
mod languages;
mod models;
mod software;
