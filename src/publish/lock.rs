//! Lets one run at a time change a target, and tells a second one who is at it.
//!
//! The lock is a file that is made only if it is not there. Its owner gives signs of life; without them for
//! [`STALE`] it is nobody's any more.

use std::sync::Mutex;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::manifest::{LOCK, Record};
use super::store::{Body, Store, Trouble};

/// How long a lock holds after the last sign of life.
const STALE: SignedDuration = SignedDuration::from_mins(10);

/// How often its owner gives one.
const SIGN: SignedDuration = SignedDuration::from_mins(1);

/// Who publishes.
#[derive(Debug, Clone)]
pub struct Owner {
    /// Whom a second run names: a machine or a job.
    pub name: String,
    /// What no other run has.
    pub token: String,
}

/// What the lock says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Claim {
    owner: String,
    token: String,
    since: Timestamp,
    seen: Timestamp,
}

/// A lock that is held.
pub(super) struct Lock<'a> {
    store: &'a dyn Store,
    claim: Mutex<Claim>,
}

impl<'a> Lock<'a> {
    /// Takes the lock; `breaks` takes it also from an owner who may be alive.
    pub(super) fn take(
        store: &'a dyn Store,
        owner: &Owner,
        now: Timestamp,
        breaks: bool,
    ) -> Result<Self, Trouble> {
        let claim = Claim { owner: owner.name.clone(), token: owner.token.clone(), since: now, seen: now };
        let bytes = to_json(&claim);
        if !store.create(LOCK, &bytes)? {
            let held = read(store)?;
            match held {
                // An answer that was lost on its way: the lock is ours.
                Some(held) if held.token == claim.token => {}
                Some(held) if !breaks && now.duration_since(held.seen) < STALE => {
                    return Err(locked(store, &held, now));
                }
                _ => {
                    store.remove(LOCK)?;
                    if !store.create(LOCK, &bytes)? && !is_ours(store, &claim)? {
                        return Err(overtaken(store));
                    }
                }
            }
        }
        // A target that does not know `If-None-Match` lets two runs in: the last one to write has it.
        if !is_ours(store, &claim)? {
            return Err(overtaken(store));
        }
        Ok(Self { store, claim: Mutex::new(claim) })
    }

    /// Gives a sign of life, if it is time for one.
    pub(super) fn sign(&self, now: Timestamp) -> Result<(), Trouble> {
        let Ok(mut claim) = self.claim.try_lock() else { return Ok(()) };
        if now.duration_since(claim.seen) < SIGN {
            return Ok(());
        }
        if !is_ours(self.store, &claim)? {
            return Err(overtaken(self.store));
        }
        claim.seen = now;
        let bytes = to_json(&claim);
        self.store.put(LOCK, Body::Bytes(&bytes), &Record::own(&bytes))
    }

    /// Gives the lock back.
    pub(super) fn release(self) -> Result<(), Trouble> {
        self.store.remove(LOCK)
    }
}

fn is_ours(store: &dyn Store, claim: &Claim) -> Result<bool, Trouble> {
    Ok(read(store)?.is_some_and(|held| held.token == claim.token))
}

/// A lock that cannot be read is nobody's.
fn read(store: &dyn Store) -> Result<Option<Claim>, Trouble> {
    Ok(store.read(LOCK)?.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
}

fn to_json(claim: &Claim) -> Vec<u8> {
    serde_json::to_vec(claim).unwrap_or_default()
}

fn locked(store: &dyn Store, held: &Claim, now: Timestamp) -> Trouble {
    let owner: String = held.owner.chars().filter(|c| !c.is_control()).take(80).collect();
    let minutes = now.duration_since(held.since).as_mins().max(0);
    let since = if minutes == 0 { "just now".to_owned() } else { format!("{minutes} min ago") };
    Trouble::Locked {
        message: format!("{owner} is publishing to {} (begun {since})", store.name()),
        hint: "wait for it; or, if that run is dead, go over it with --break-lock".to_owned(),
    }
}

fn overtaken(store: &dyn Store) -> Trouble {
    Trouble::Locked {
        message: format!("another run has begun to publish to {}", store.name()),
        hint: "run this again when it is done".to_owned(),
    }
}
