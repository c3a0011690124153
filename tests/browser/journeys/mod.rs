//! The journeys: each file names in its first line what it holds the guide to.

mod anywhere;
mod attributes;
mod back_and_forward;
mod display;
mod embed_page;
mod embed_surface;
mod embedded;
mod every_question;
mod filling_in;
mod hostile_host;
mod hosts;
mod loading;
mod narrow;
mod never_lost;
mod no_program;
mod outcomes;
mod overheard;
mod policy;
mod print;
mod refusals;
mod removed;
mod sealed;
mod self_assessment;
mod steady;
mod whole_way;
mod wordpress;
