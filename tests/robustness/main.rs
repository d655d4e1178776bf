//! What new users and attackers do to the program: odd content, hostile content, and destinations that are no good.
#![expect(clippy::disallowed_methods, reason = "tests make, read and break files of their own")]

mod content_model;
mod destinations;
mod hostile_input;
mod hostile_pictures;
mod site;
