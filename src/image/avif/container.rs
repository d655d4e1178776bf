//! Reads the `meta` box of an AVIF: which coded pictures make up the one that is meant, and what is said of it.
//!
//! Items, their properties, references and places in the file (ISO/IEC 23008-12, AVIF 1.1). Pixels are `decode`'s.

use std::collections::BTreeMap;
use std::io;

use super::boxes::Bytes;
use super::malformed;
use crate::image::geometry::{Orientation, Size};

/// The most items that a file may have: a picture in parts has one an area of 512x512.
const MAX_ITEMS: usize = 4096;

/// What the `meta` box of a file says.
#[derive(Default)]
pub(super) struct Container<'a> {
    primary: u32,
    items: BTreeMap<u32, Item>,
    /// Which properties there are; items name them by their place, from one.
    properties: Vec<Property<'a>>,
    /// References: kind, from, to.
    references: Vec<([u8; 4], u32, Vec<u32>)>,
    /// Bytes of items that lie in the `meta` box itself.
    own_data: &'a [u8],
}

/// One item: a coded picture, a recipe for putting pictures together, or metadata.
#[derive(Default)]
struct Item {
    kind: [u8; 4],
    properties: Vec<usize>,
    /// Whether its bytes lie in the `meta` box.
    is_inside: bool,
    /// Offset and length; a length of zero means to the end.
    extents: Vec<(u64, u64)>,
}

/// What can be said of an item.
#[derive(Clone, Copy)]
enum Property<'a> {
    Size(Size),
    QuarterTurns(u8),
    Mirror(u8),
    Nclx(Nclx),
    /// An ICC profile.
    Profile(&'a [u8]),
    /// Bits of every channel.
    Bits(u8),
    Auxiliary(&'a [u8]),
    Other,
}

/// How colours are coded, in the numbers of ITU-T H.273.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Nclx {
    pub(super) primaries: u16,
    pub(super) transfer: u16,
    pub(super) matrix: u16,
    pub(super) is_full_range: bool,
}

impl<'a> Container<'a> {
    /// Reads the content of a `meta` box.
    pub(super) fn read(meta: &'a [u8]) -> io::Result<Self> {
        let mut meta = Bytes(meta);
        meta.version()?;
        let mut container = Self::default();
        while let Some((name, mut content)) = meta.next_box()? {
            match &name {
                b"pitm" => {
                    let (version, _) = content.version()?;
                    container.primary = id(&mut content, version > 0)?;
                }
                b"iinf" => container.read_kinds(content)?,
                b"iloc" => container.read_places(content)?,
                b"iref" => container.read_references(content)?,
                b"iprp" => container.read_properties(content)?,
                b"idat" => container.own_data = content.0,
                _ => {}
            }
        }
        Ok(container)
    }

    fn item(&mut self, id: u32) -> io::Result<&mut Item> {
        if self.items.len() >= MAX_ITEMS && !self.items.contains_key(&id) {
            return Err(malformed("it has too many parts"));
        }
        Ok(self.items.entry(id).or_default())
    }

    fn read_kinds(&mut self, mut content: Bytes<'a>) -> io::Result<()> {
        let (version, _) = content.version()?;
        content.number(if version == 0 { 2 } else { 4 })?;
        while let Some((name, mut entry)) = content.next_box()? {
            let (version, _) = entry.version()?;
            if &name == b"infe" && version >= 2 {
                let id = id(&mut entry, version > 2)?;
                entry.u16()?;
                self.item(id)?.kind = entry.take(4)?.first_chunk().copied().unwrap_or_default();
            }
        }
        Ok(())
    }

    fn read_places(&mut self, mut content: Bytes<'a>) -> io::Result<()> {
        let (version, _) = content.version()?;
        let sizes = content.u16()?;
        let width = |nibble: u16| usize::from(sizes >> nibble & 0xF).min(8);
        let (offset, length, base) = (width(12), width(8), width(4));
        let index = if version == 1 || version == 2 { width(0) } else { 0 };
        let count = content.number(if version < 2 { 2 } else { 4 })?;
        for _ in 0..count {
            let id = id(&mut content, version >= 2)?;
            let method = if version == 1 || version == 2 { content.u16()? & 0xF } else { 0 };
            content.u16()?;
            let from = content.number(base)?;
            let mut extents = Vec::new();
            for _ in 0..content.u16()? {
                content.number(index)?;
                let at = from.checked_add(content.number(offset)?);
                let at = at.ok_or_else(|| malformed("a part lies nowhere"))?;
                extents.push((at, content.number(length)?));
                if offset + length + index == 0 && extents.len() > 1 {
                    return Err(malformed("a part has pieces without a place"));
                }
            }
            let item = self.item(id)?;
            (item.is_inside, item.extents) = (method == 1, extents);
        }
        Ok(())
    }

    fn read_references(&mut self, mut content: Bytes<'a>) -> io::Result<()> {
        let (version, _) = content.version()?;
        while let Some((kind, mut entry)) = content.next_box()? {
            let from = id(&mut entry, version > 0)?;
            let count = entry.u16()?;
            let to = (0..count).map(|_| id(&mut entry, version > 0)).collect::<io::Result<_>>()?;
            if self.references.len() >= MAX_ITEMS {
                return Err(malformed("it has too many references"));
            }
            self.references.push((kind, from, to));
        }
        Ok(())
    }

    fn read_properties(&mut self, mut content: Bytes<'a>) -> io::Result<()> {
        while let Some((name, mut inner)) = content.next_box()? {
            match &name {
                b"ipco" => {
                    while let Some((name, property)) = inner.next_box()? {
                        self.properties.push(read_property(name, property)?);
                    }
                }
                b"ipma" => self.read_associations(inner)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn read_associations(&mut self, mut content: Bytes<'a>) -> io::Result<()> {
        let (version, flags) = content.version()?;
        for _ in 0..content.u32()? {
            let id = id(&mut content, version > 0)?;
            let count = content.u8()?;
            let mut indexes = Vec::with_capacity(count.into());
            for _ in 0..count {
                // The first bit says that a reader must know the property.
                let index =
                    if flags & 1 == 1 { content.u16()? & 0x7FFF } else { u16::from(content.u8()? & 0x7F) };
                indexes.push(usize::from(index));
            }
            self.item(id)?.properties = indexes;
        }
        Ok(())
    }

    /// Returns the number of the item that is the picture.
    pub(super) fn primary(&self) -> u32 {
        self.primary
    }

    /// Returns what kind of item `id` is.
    pub(super) fn kind(&self, id: u32) -> Option<[u8; 4]> {
        self.items.get(&id).map(|item| item.kind)
    }

    fn properties(&self, id: u32) -> impl Iterator<Item = Property<'a>> {
        let indexes = self.items.get(&id).map(|item| item.properties.as_slice()).unwrap_or_default();
        indexes.iter().filter_map(|index| self.properties.get(index.checked_sub(1)?)).copied()
    }

    /// Returns the stored size of an item.
    pub(super) fn size(&self, id: u32) -> Option<Size> {
        self.properties(id).find_map(|property| match property {
            Property::Size(size) => Some(size),
            _ => None,
        })
    }

    /// Returns how an item is turned and mirrored.
    pub(super) fn orientation(&self, id: u32) -> Orientation {
        let (mut turns, mut mirror) = (0, None);
        for property in self.properties(id) {
            match property {
                Property::QuarterTurns(angle) => turns = angle,
                Property::Mirror(axis) => mirror = Some(axis),
                _ => {}
            }
        }
        // First the turns, counter-clockwise, then the mirror: 0 swaps top and bottom, 1 left and right.
        let exif = match (turns & 3, mirror) {
            (0, None) => 1,
            (0, Some(1)) | (2, Some(0)) => 2,
            (2, None) => 3,
            (0, Some(_)) | (2, Some(_)) => 4,
            (1, Some(0)) | (3, Some(1)) => 5,
            (3, None) => 6,
            (1 | 3, Some(_)) => 7,
            (_, _) => 8,
        };
        Orientation::from_exif(exif)
    }

    /// Returns how the colours of an item are coded, if the container says so.
    pub(super) fn nclx(&self, id: u32) -> Option<Nclx> {
        self.properties(id).find_map(|property| match property {
            Property::Nclx(nclx) => Some(nclx),
            _ => None,
        })
    }

    /// Returns the ICC profile of an item; empty without one.
    pub(super) fn profile(&self, id: u32) -> &'a [u8] {
        let profile = self.properties(id).find_map(|property| match property {
            Property::Profile(profile) => Some(profile),
            _ => None,
        });
        profile.unwrap_or_default()
    }

    /// Returns where in the file the EXIF data begin, and how long they are.
    pub(super) fn exif_place(&self) -> Option<(u64, u64)> {
        let mut items = self.items.values().filter(|item| &item.kind == b"Exif" && !item.is_inside);
        items.next()?.extents.first().copied()
    }

    /// Returns the bits of a channel; eight where nothing is said.
    pub(super) fn bits(&self, id: u32) -> u8 {
        let bits = self.properties(id).find_map(|property| match property {
            Property::Bits(bits) => Some(bits),
            _ => None,
        });
        bits.unwrap_or(8)
    }

    /// Returns the item that holds the transparency of an item.
    pub(super) fn alpha(&self, id: u32) -> Option<u32> {
        let is_alpha = |from: u32| {
            self.properties(from).any(|property| {
                matches!(property, Property::Auxiliary(kind) if kind.starts_with(b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha")
                    || kind.starts_with(b"urn:mpeg:hevc:2015:auxid:1"))
            })
        };
        let found = self
            .references
            .iter()
            .find(|(kind, from, to)| kind == b"auxl" && to.contains(&id) && *from != id && is_alpha(*from));
        found.map(|(_, from, _)| *from)
    }

    /// Says whether the colours of an item are stored multiplied by its transparency.
    pub(super) fn is_premultiplied(&self, id: u32) -> bool {
        self.references.iter().any(|(kind, from, _)| kind == b"prem" && *from == id)
    }

    /// Returns the items that an item is put together from, in order.
    pub(super) fn parts(&self, id: u32) -> &[u32] {
        let found = self.references.iter().find(|(kind, from, _)| kind == b"dimg" && *from == id);
        found.map(|(_, _, to)| to.as_slice()).unwrap_or_default()
    }

    /// Returns the bytes of an item; pieces are joined.
    pub(super) fn data(&self, id: u32, file: &'a [u8]) -> io::Result<Vec<u8>> {
        let item = self.items.get(&id).ok_or_else(|| malformed("a part is missing"))?;
        let whole = if item.is_inside { self.own_data } else { file };
        let mut data = Vec::new();
        for (offset, length) in &item.extents {
            let start = usize::try_from(*offset).unwrap_or(usize::MAX);
            let rest = whole.get(start..);
            let piece = match usize::try_from(*length).unwrap_or(usize::MAX) {
                0 => rest,
                length => rest.and_then(|rest| rest.get(..length)),
            };
            let piece = piece.ok_or(io::ErrorKind::UnexpectedEof)?;
            // Pieces may overlap in a file that means no good: together they are no longer than all of it.
            if data.len() + piece.len() > whole.len() {
                return Err(malformed("its pieces overlap"));
            }
            data.extend_from_slice(piece);
        }
        Ok(data)
    }
}

fn id(content: &mut Bytes<'_>, is_long: bool) -> io::Result<u32> {
    if is_long { content.u32() } else { content.u16().map(u32::from) }
}

fn read_property<'a>(name: [u8; 4], mut content: Bytes<'a>) -> io::Result<Property<'a>> {
    Ok(match &name {
        b"ispe" => {
            content.version()?;
            Property::Size(Size::new(content.u32()?, content.u32()?))
        }
        b"irot" => Property::QuarterTurns(content.u8()? & 3),
        b"imir" => Property::Mirror(content.u8()? & 1),
        b"pixi" => {
            content.version()?;
            let channels = content.u8()?;
            Property::Bits(content.take(channels.into())?.iter().copied().max().unwrap_or(8))
        }
        b"auxC" => {
            content.version()?;
            Property::Auxiliary(content.0)
        }
        b"colr" => match content.take(4)? {
            b"nclx" => Property::Nclx(Nclx {
                primaries: content.u16()?,
                transfer: content.u16()?,
                matrix: content.u16()?,
                is_full_range: content.u8()? & 0x80 != 0,
            }),
            b"prof" | b"rICC" => Property::Profile(content.0),
            _ => Property::Other,
        },
        _ => Property::Other,
    })
}
