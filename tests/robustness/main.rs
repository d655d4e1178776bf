//! What new users and attackers do to the program: odd content, hostile content, and destinations that are no good.

mod content_model;
mod destinations;
mod hostile_input;
mod site;
