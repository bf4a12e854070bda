//! From text to models: parameters in order, domains, supports, mistakes as they are drawn.

mod corpus;
