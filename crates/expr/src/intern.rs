//! The interner: equal means the same node.
//! In: a `Kind`. Out: the one `Expr` of that kind. Never: a strong reference of its own, so nothing outlives its last user.

use crate::expr::{Expr, Kind, Node};
use crate::{Number, Symbol};
use hashbrown::HashTable;
use smallvec::SmallVec;
use std::cell::{Cell, RefCell};
use std::ops::RangeInclusive;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError, Weak};

const SHARDS: usize = 64;

struct Entry {
    hash: u64,
    node: Weak<Node>,
}

static TABLE: [Mutex<HashTable<Entry>>; SHARDS] = [const { Mutex::new(HashTable::new()) }; SHARDS];

fn shard(hash: u64) -> MutexGuard<'static, HashTable<Entry>> {
    // Middle bits: the table itself takes the lowest ones for the place and the highest for its tags.
    let place = (hash >> 32).to_le_bytes()[0];
    TABLE[usize::from(place) % SHARDS]
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
}

/// Integers that occur everywhere, kept for the life of the process so that each use is a look at this table.
static SMALL: LazyLock<Vec<Expr>> = LazyLock::new(|| {
    SMALL_INTEGERS
        .map(|n| intern(Kind::Number(Number::integer(n))))
        .collect()
});
const SMALL_INTEGERS: RangeInclusive<i64> = -8..=16;

/// The node of a small integer, without a look into the table of all nodes.
pub(crate) fn small_integer(n: i64) -> Option<Expr> {
    if !SMALL_INTEGERS.contains(&n) {
        return None;
    }
    let place = usize::try_from(n - SMALL_INTEGERS.start()).ok()?;
    SMALL.get(place).cloned()
}

/// The number of nodes alive in the process, but for the small integers that are kept; for leak tests.
#[must_use]
pub fn live_nodes() -> usize {
    let kept = SMALL.len();
    let all: usize = TABLE
        .iter()
        .map(|shard| shard.lock().unwrap_or_else(PoisonError::into_inner).len())
        .sum();
    all - kept
}

pub(crate) fn intern(kind: Kind) -> Expr {
    let hash = kind.structural_hash();
    found_or_made(hash, kind, |kind, other| other == kind, |kind| kind)
}

/// The symbol of that name; the name is copied only where there is none yet.
pub(crate) fn intern_symbol(name: &str) -> Expr {
    found_or_made(
        Kind::symbol_hash(name),
        name,
        |name, other| matches!(other, Kind::Symbol(s) if s.name() == *name),
        |name| Kind::Symbol(Symbol::new(name)),
    )
}

/// The node of the key, or a new one. The shard stays locked between, so two threads that ask for the same one get the same one.
fn found_or_made<K>(
    hash: u64,
    key: K,
    same: impl Fn(&K, &Kind) -> bool,
    make: impl FnOnce(K) -> Kind,
) -> Expr {
    // Candidates upgraded during the look-up may be the last reference to their node; they must die after the lock is released.
    let mut rejected: SmallVec<[Arc<Node>; 1]> = SmallVec::new();
    let mut table = shard(hash);
    let mut found = None;
    table.find(hash, |entry| {
        if entry.hash != hash {
            return false;
        }
        let Some(node) = entry.node.upgrade() else {
            return false;
        };
        if same(&key, node.kind()) {
            found = Some(node);
            return true;
        }
        rejected.push(node);
        false
    });
    let node = found.unwrap_or_else(|| {
        let node = Arc::new(Node::new(make(key), hash));
        table.insert_unique(
            hash,
            Entry {
                hash,
                node: Arc::downgrade(&node),
            },
            |entry| entry.hash,
        );
        node
    });
    drop(table);
    Expr::from_node(node)
}

/// How deep nodes may die inside each other before the rest waits in a list: a few levels cost little stack.
const DEEPEST_DEATH: usize = 64;

thread_local! {
    static DEPTH: Cell<usize> = const { Cell::new(0) };
    static WAITING: RefCell<Vec<Kind>> = const { RefCell::new(Vec::new()) };
}

/// Called once by a dying node: it leaves the table.
pub(crate) fn forget(address: *const Node, hash: u64) {
    // What is taken out is let go after the lock.
    let taken = {
        let mut table = shard(hash);
        let entry = table.find_entry(hash, |entry| std::ptr::eq(entry.node.as_ptr(), address));
        entry.ok().map(|entry| entry.remove().0)
    };
    drop(taken);
}

/// Lets the parts of a dead node die, the deep ones through a work list instead of the stack.
pub(crate) fn release(kind: Kind) {
    let depth = DEPTH.get();
    if depth >= DEEPEST_DEATH {
        WAITING.with_borrow_mut(|list| list.push(kind));
        return;
    }
    DEPTH.set(depth + 1);
    drop(kind);
    if depth + 1 == DEEPEST_DEATH {
        // The list is worked off where it was begun, so the stack stays as deep as it is.
        while let Some(next) = WAITING.with_borrow_mut(Vec::pop) {
            drop(next);
        }
    }
    DEPTH.set(depth);
}
