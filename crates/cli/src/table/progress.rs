//! A line that moves while a long run works: on a terminal, and nowhere else.
//! In: counts of rows. Out: a line on standard error. Never: a trace once it is done.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::time::Duration;

/// How far the work is.
pub struct Progress(Option<ProgressBar>);

impl Progress {
    /// Nothing is shown before the work has lasted for a moment.
    pub fn start() -> Self {
        if !std::io::stderr().is_terminal() {
            return Self(None);
        }
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(8));
        let style = ProgressStyle::with_template("{spinner} {msg} {human_pos} rows, {elapsed}");
        if let Ok(style) = style {
            bar.set_style(style);
        }
        bar.set_message("reading");
        bar.enable_steady_tick(Duration::from_millis(250));
        Self(Some(bar))
    }

    /// So many rows more were read.
    pub fn read(&self, rows: usize) {
        if let Some(bar) = &self.0 {
            bar.inc(rows as u64);
        }
    }

    /// So many rows more were visited.
    pub fn visited(&self, rows: usize) {
        if let Some(bar) = &self.0 {
            if bar.message() != "fitting, visited" {
                bar.set_message("fitting, visited");
                bar.set_position(0);
            }
            bar.inc(rows as u64);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}
