//! The statement grammar: every form of the contract, every mistake as it is drawn, and the models of the corpus.

mod forms;
mod fragments;
mod models;
mod names;
mod problems;
mod soup;
