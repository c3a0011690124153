//! The end of a picture's file: a copy that broke off shows half of a picture, or none.

use imagesize::ImageType;

/// The last chunk of a PNG, with its checksum.
const IEND: &[u8] = b"IEND\xae\x42\x60\x82";
/// Begins the data of a scan in a JPEG.
const START_OF_SCAN: &[u8] = &[0xff, 0xda];
/// Ends a JPEG.
const END_OF_IMAGE: &[u8] = &[0xff, 0xd9];
/// Bytes of a RIFF file that its own size leaves out.
const RIFF_HEAD: usize = 8;

/// Returns `true` if a file holds the end of its picture. What stands behind that is ignored, as
/// browsers do.
pub(super) fn is_there(kind: ImageType, bytes: &[u8]) -> bool {
    match kind {
        ImageType::Png => last(bytes, IEND).is_some(),
        // The small picture within a photograph has an end of its own, before the scans.
        ImageType::Jpeg => last(bytes, START_OF_SCAN)
            .is_some_and(|scan| last(bytes, END_OF_IMAGE).is_some_and(|end| end > scan)),
        ImageType::Webp => number(bytes, 4, u32::from_le_bytes)
            .is_some_and(|size| size.saturating_add(RIFF_HEAD) <= bytes.len()),
        ImageType::Heif(_) => has_whole_boxes(bytes),
        _ => true,
    }
}

/// The boxes at the top of an AVIF file (ISO/IEC 14496-12, 4.2), each of the length that it says.
fn has_whole_boxes(mut rest: &[u8]) -> bool {
    while !rest.is_empty() {
        let length = match number(rest, 0, u32::from_be_bytes) {
            // Up to the end of the file.
            Some(0) => return true,
            // A longer number follows the name.
            Some(1) => rest
                .get(8..16)
                .and_then(|it| it.try_into().ok())
                .and_then(|it| usize::try_from(u64::from_be_bytes(it)).ok()),
            length => length,
        };
        let Some(after) = length.filter(|it| *it > 0).and_then(|it| rest.get(it..)) else {
            return false;
        };
        rest = after;
    }
    true
}

fn last(bytes: &[u8], mark: &[u8]) -> Option<usize> {
    bytes.windows(mark.len()).rposition(|it| it == mark)
}

fn number(bytes: &[u8], at: usize, read: fn([u8; 4]) -> u32) -> Option<usize> {
    let number = read(bytes.get(at..at + 4)?.try_into().ok()?);
    usize::try_from(number).ok()
}
