//! A short sound, for requests that arrive.

use web_sys::AudioContext;

/// Hertz: an A, and quiet.
const PITCH: f32 = 440.0;
const VOLUME: f32 = 0.1;
/// Seconds.
const LENGTH: f64 = 0.2;

/// Plays it. Returns `false` where the browser cannot.
pub fn play() -> bool {
    try_play().is_some()
}

fn try_play() -> Option<()> {
    let context = AudioContext::new().ok()?;
    let (tone, volume) = (context.create_oscillator().ok()?, context.create_gain().ok()?);
    tone.frequency().set_value(PITCH);
    volume.gain().set_value(VOLUME);
    tone.connect_with_audio_node(&volume).ok()?;
    volume.connect_with_audio_node(&context.destination()).ok()?;
    tone.start().ok()?;
    tone.stop_with_when(context.current_time() + LENGTH).ok()
}
