"""Draws twenty pictures of what reports show, with the optics and the noise of a camera, for `quality`.

Needs numpy and Pillow. The same size gives the same pixels on every run with the same versions of both.
"""

import math

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

SENTENCE = ("What we measured on two cores: a cold build of five thousand reports, what of it is text, what of it is "
            "pictures, and why nobody waits for the second. ").split()


def scenes():
    """Returns (name, draw) of every scene; `draw(width, height)` gives sRGB levels, 0 to 1, as float32."""
    kinds = {"slide": slide, "code": code, "stage": stage, "audience": audience, "foliage": foliage, "face": face,
             "night": night, "facade": facade, "cloth": cloth, "sky": sky}
    return [(f"{kind}-{seed}", lambda width, height, draw=draw, seed=seed: draw(width, height, Dice(seed, kind_number)))
            for kind_number, (kind, draw) in enumerate(kinds.items()) for seed in (1, 2)]


class Dice(np.random.RandomState):
    """Random numbers whose sequence numpy has promised never to change."""

    def __init__(self, seed, kind):
        super().__init__(seed * 100 + kind)
        self.first = seed == 1

    def clouds(self, width, height, coarsest=4, roughness=0.5):
        """Returns smooth noise of all sizes down to one pixel, about -1 to 1."""
        total, weight = np.zeros((height, width), np.float32), 1.0
        cells = coarsest
        while cells < width:
            grid = self.uniform(-1, 1, (max(2, cells * height // width), cells)).astype(np.float32)
            total += weight * np.asarray(Image.fromarray(grid).resize((width, height), Image.Resampling.BICUBIC))
            weight *= roughness
            cells *= 2
        return total * np.float32(1 - roughness)


def mesh(width, height):
    """Returns x and y of every pixel, both in parts of the width."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    return x / width, y / width


def around(width, x, y, reach):
    """Returns the slices of a square part of a picture, so that small things are not drawn over all of it."""
    left, top, reach = int(x * width), int(y * width), int(reach * width) + 2
    return slice(max(0, top - reach), top + reach), slice(max(0, left - reach), left + reach)


def camera(picture, dice, blur=0.00018, noise=0.02):
    """Adds what lens and sensor add: a blur in parts of the width, and grain that is stronger in the shade."""
    height, width, _ = picture.shape
    picture = soften(np.clip(picture, 0, 1), blur * width)
    grain = dice.standard_normal((height, width, 3)).astype(np.float32)
    # Neighbours share a filter of the sensor, so the grain is not that of single pixels.
    grain = (grain + np.roll(grain, 1, 0) + np.roll(grain, 1, 1)) / np.float32(math.sqrt(3))
    return np.clip(picture + grain * noise * (1.2 - picture), 0, 1)


def soften(picture, radius):
    planes = [Image.fromarray(np.ascontiguousarray(picture[..., channel])) for channel in range(3)]
    return np.stack([np.asarray(blurred(plane, radius)) for plane in planes], axis=-1)


def blurred(plane, radius):
    """Blurs a plane of floats, which Pillow's own filter does not take, with two short triangles."""
    taps = max(1, round(radius * 1.4))
    levels = np.asarray(plane)
    for axis in (0, 1):
        levels = sum(np.roll(levels, step, axis) * (taps + 1 - abs(step)) for step in range(-taps, taps + 1)) / (taps + 1) ** 2
    return levels.astype(np.float32)


def over(picture, color, mask):
    """Lays a colour over a picture where `mask` is 1."""
    mask = np.asarray(mask, np.float32)[..., None]
    return picture * (1 - mask) + np.asarray(color, np.float32) * mask


def drawn(width, height, back, draw):
    """Returns what `draw(pen)` leaves on a sheet; Pillow's shapes have hard edges."""
    sheet = Image.new("RGB", (width, height), back)
    draw(ImageDraw.Draw(sheet))
    return np.asarray(sheet, np.float32) / 255


def lines_of_text(pen, dice, box, size, color, indent=False):
    font = ImageFont.load_default(size)
    left, top, right, bottom = box
    y = top
    while y + size < bottom:
        x = left + (size * 2 * dice.randint(0, 4) if indent else 0)
        words = [SENTENCE[dice.randint(len(SENTENCE))] for _ in range(dice.randint(3, 14))]
        for word in words:
            length = font.getlength(word + " ")
            if x + length > right:
                break
            ink = tuple(dice.randint(90, 255, 3)) if indent else color
            pen.text((x, y), word, fill=ink, font=font)
            x += length
        y += int(size * 1.5)


def slide(width, height, dice):
    """A bright slide with a title, small text and a bar chart; the second is a photo of one."""
    def draw(pen):
        unit = width // 40
        lines_of_text(pen, dice, (2 * unit, unit, 38 * unit, 3 * unit), unit * 3 // 2, (20, 40, 90))
        lines_of_text(pen, dice, (2 * unit, 5 * unit, 20 * unit, height), unit // 2, (30, 30, 30))
        for bar in range(9):
            top = dice.randint(6 * unit, height - 3 * unit)
            box = (22 * unit + bar * unit * 3 // 2, top, 23 * unit + bar * unit * 3 // 2, height - unit)
            pen.rectangle(box, fill=tuple(dice.randint(0, 255, 3)))
    picture = drawn(width, height, (250, 250, 246), draw)
    return picture if dice.first else camera(picture * np.float32([0.95, 0.9, 0.8]), dice)


def code(width, height, dice):
    """A dark screen of coloured code."""
    size = width // 90 if dice.first else width // 150
    return drawn(width, height, (24, 26, 34),
                 lambda pen: lines_of_text(pen, dice, (size * 2, size, width - size * 2, height), size, None, True))


def stage(width, height, dice):
    """Coloured lights, a bright screen, a dark speaker."""
    x, y = mesh(width, height)
    picture = np.stack([0.05 + 0.1 * y, 0.04 + 0.05 * y, 0.12 - 0.05 * y], axis=-1)
    for _ in range(7):
        at_x, at_y, radius = dice.uniform(0, 1), dice.uniform(0, 0.4), dice.uniform(0.05, 0.25)
        glow = 1 / (1 + ((x - at_x) ** 2 + (y - at_y) ** 2) / radius ** 2)
        picture += glow[..., None] * dice.uniform(0.02, 0.5, 3).astype(np.float32)
    picture = over(picture, (0.95, 0.96, 1.0), (x > 0.3) & (x < 0.75) & (y > 0.1) & (y < 0.4))
    picture = over(picture, (0.1, 0.2, 0.6), (x > 0.3) & (x < 0.75) & (y > 0.1) & (y < 0.4) & ((y * 40 % 1) < 0.4) & ((x * 90 % 1) < 0.6))
    body = ((x - 0.2) ** 2 / 0.0016 + (y - 0.45) ** 2 / 0.02) < 1
    picture = over(picture, (0.06, 0.05, 0.07), body)
    return camera(picture, dice, noise=0.03)


def audience(width, height, dice):
    """Rows of heads against a lit hall: round edges in front of soft light."""
    x, y = mesh(width, height)
    picture = np.stack([0.75 - 0.5 * y, 0.6 - 0.5 * y, 0.45 - 0.4 * y], axis=-1)
    hair = dice.clouds(width, height, 64, 0.75)
    for row in range(7):
        size = 0.012 * 1.35 ** row
        for seat in range(int(1 / size / 2.2)):
            at_x, at_y = seat * size * 2.4 + dice.uniform(0, size), 0.22 + size * 3.2 + dice.uniform(0, size)
            part = around(width, at_x, at_y, size * 1.3)
            mask = ((x[part] - at_x) ** 2 + ((y[part] - at_y) * 0.8) ** 2) < size ** 2
            tone = dice.uniform(0.02, 0.4) * np.float32([1, 0.75, 0.55])
            picture[part] = np.where(mask[..., None], tone * (1 + 0.9 * hair[part][..., None]), picture[part])
    return camera(picture, dice)


def foliage(width, height, dice):
    """Leaves over leaves, down to the size of a pixel."""
    def draw(pen):
        for layer in range(5):
            for _ in range(1500 * (layer + 1)):
                at, size = dice.uniform(0, 1, 2) * (width, height), width * dice.uniform(0.003, 0.03) / (1 + layer * 0.6)
                turn, light = dice.uniform(0, math.tau), 0.25 + 0.16 * layer + dice.uniform(-0.1, 0.15)
                tip = np.array([math.cos(turn), math.sin(turn)]) * size
                side = np.array([-tip[1], tip[0]]) * dice.uniform(0.2, 0.5)
                shape = [tuple(at + tip), tuple(at + side), tuple(at - tip), tuple(at - side)]
                green = np.clip(np.array([0.5, 1.0, 0.25]) * light + dice.uniform(-0.05, 0.1, 3), 0, 1)
                pen.polygon(shape, fill=tuple(int(level * 255) for level in green))
    picture = drawn(width, height, (10, 24, 8), draw)
    veins = dice.clouds(width, height, 256, 0.8)
    return camera(picture * (1 + 0.35 * veins[..., None]), dice)


def face(width, height, dice):
    """A portrait: soft skin with pores, eyes with lashes, hair in strands."""
    x, y = mesh(width, height)
    picture = np.stack([0.35 + 0.2 * x, 0.42 - 0.1 * y, 0.5 - 0.2 * x], axis=-1)
    tone = np.float32([0.86, 0.66, 0.54]) if dice.first else np.float32([0.45, 0.29, 0.2])
    light = 1.05 - 1.4 * ((x - 0.42) ** 2 + (y - 0.3) ** 2) + 0.025 * dice.clouds(width, height, 300, 0.9)
    oval = ((x - 0.5) / 0.2) ** 2 + ((y - 0.4) / 0.27) ** 2
    strands = 0.5 + 0.5 * np.sin(x * 900 + 9 * dice.clouds(width, height, 8))
    hair = ((x - 0.5) / 0.26) ** 2 + ((y - 0.34) / 0.3) ** 2 < 1
    picture = np.where(hair[..., None], strands[..., None] * np.float32([0.3, 0.2, 0.13]) + 0.04, picture)
    picture = np.where((oval < 1)[..., None], tone * light[..., None] * (1.05 - 0.3 * oval[..., None]), picture)
    for eye in (0.42, 0.58):
        ring = ((x - eye) / 0.03) ** 2 + ((y - 0.36) / 0.014) ** 2
        picture = over(picture, (0.93, 0.92, 0.9), ring < 1)
        picture = over(picture, (0.25, 0.35, 0.3), (((x - eye) ** 2 + (y - 0.36) ** 2) < 0.012 ** 2) & (ring < 1))
        picture = over(picture, (0.05, 0.03, 0.03), (ring > 1) & (ring < 1.7) & (y < 0.36) & (np.sin(x * 1500) > 0))
    mouth = ((x - 0.5) / 0.06) ** 2 + ((y - 0.53) / 0.012) ** 2
    picture = over(picture, tone * np.float32([0.8, 0.45, 0.45]), np.clip(1.6 - 1.4 * mouth, 0, 1))
    return camera(picture, dice, noise=0.012)


def night(width, height, dice):
    """A dark town with points of light, and a sensor at its limit."""
    x, y = mesh(width, height)
    picture = np.stack([0.03 + 0.05 * y, 0.03 + 0.03 * y, 0.07 + 0.0 * y], axis=-1)
    for _ in range(160):
        at_x, at_y, size = dice.uniform(0, 1), dice.uniform(0.25, 0.75), dice.uniform(0.0005, 0.004)
        part = around(width, at_x, at_y, size * 12)
        glow = 1 / (1 + ((x[part] - at_x) ** 2 + (y[part] - at_y) ** 2) / size ** 2)
        edge = 1 / (1 + 144.0)
        picture[part] += (np.clip(glow - edge, 0, 1) * 1.5)[..., None] * np.float32([1, dice.uniform(0.5, 0.9), dice.uniform(0.1, 0.7)])
    return camera(picture, dice, noise=0.06 if dice.first else 0.1)


def facade(width, height, dice):
    """Windows, bricks and railings in perspective: straight edges in every direction."""
    x, y = mesh(width, height)
    lean = 0.15 if dice.first else -0.25
    across = (x - 0.5) * (1 + lean * y) / (0.6 + 0.4 * x) * 30
    up = (y - 0.35) / (0.5 + 0.5 * x) * 30
    mortar = ((across * 6 + 0.5 * np.floor(up * 10)) % 1 < 0.06) | (up * 10 % 1 < 0.12)
    wall = np.where(mortar, 0.72, 0.48 + 0.1 * dice.clouds(width, height, 128, 0.8))[..., None] * np.float32([1, 0.72, 0.6])
    window = (across % 2 > 0.6) & (up % 3 > 1.0)
    frame = window & ((across % 2 < 0.68) | (across % 2 > 1.92) | (up % 3 < 1.1) | (abs(up % 3 - 2) < 0.05))
    glass = np.stack([0.25 + 0.3 * y, 0.35 + 0.4 * y, 0.5 + 0.5 * y], axis=-1)
    picture = np.where(window[..., None], glass, wall)
    picture = over(picture, (0.93, 0.93, 0.9), frame)
    rail = (x + y * 0.3) * 300 % 1
    picture = over(picture, (0.08, 0.08, 0.09), (y > 0.6) & (y < 0.7) & (rail < 0.2))
    return camera(picture.astype(np.float32), dice, noise=0.012)


def cloth(width, height, dice):
    """A weave that reaches from coarse to finer than any small picture can show: moiré where it is sampled badly."""
    x, y = mesh(width, height)
    turn = dice.uniform(0.1, 0.6)
    u, v = x * math.cos(turn) - y * math.sin(turn), x * math.sin(turn) + y * math.cos(turn)
    frequency = 60 + 900 * x
    weave = np.sin(u * frequency * 2) * np.cos(v * frequency * 2)
    rings = np.sin(700 * ((x - 0.7) ** 2 + (y - 0.3) ** 2))
    fold = 0.5 + 0.3 * dice.clouds(width, height, 3)
    tone = dice.uniform(0.3, 1, 3).astype(np.float32)
    picture = (fold + 0.2 * weave)[..., None] * tone
    near = (x - 0.7) ** 2 + (y - 0.3) ** 2 < 0.03
    picture = np.where(near[..., None], 0.5 + 0.35 * rings[..., None] * np.float32([1, 1, 0.9]), picture)
    return camera(picture.astype(np.float32), dice, noise=0.01)


def sky(width, height, dice):
    """Clouds before an even gradient, over a ragged ridge: where steps show first."""
    x, y = mesh(width, height)
    picture = np.stack([0.25 + 0.5 * y, 0.45 + 0.4 * y, 0.85 + 0.1 * y], axis=-1)
    clouds = np.clip(dice.clouds(width, height, 4, 0.55) * 2 + (0.2 if dice.first else -0.3), 0, 1)
    picture = over(picture, (0.97, 0.96, 0.95), clouds)
    ridge = 0.55 + 0.25 * dice.clouds(width, 8, 6, 0.6)[4]
    ground = 0.12 + 0.1 * dice.clouds(width, height, 512, 0.8)
    picture = np.where((y > ridge)[..., None], ground[..., None] * np.float32([0.9, 1.0, 0.7]), picture)
    return camera(picture.astype(np.float32), dice, noise=0.006)
