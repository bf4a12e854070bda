//! The command line from outside: what a person types, what comes back.
//! In: the built program. Out: test results. Never: a call into the library but to read a formula back.

mod bad_input;
mod cut_and_repeated;
mod derived;
mod examples;
mod exit_status;
mod families;
mod fit;
mod formats;
mod influence;
mod json;
mod many_covariates;
mod parquet;
mod pictures;
mod published;
mod readme;
mod repl;
mod run;
