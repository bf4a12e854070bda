//! The interner: equal means the same node.
//! In: a `Kind`. Out: the one `Expr` of that kind. Never: a strong reference of its own, so nothing outlives its last user.

use crate::Number;
use crate::expr::{Expr, Kind, Node};
use hashbrown::HashTable;
use std::cell::RefCell;
use std::ops::RangeInclusive;
use std::sync::{Arc, LazyLock, Mutex, PoisonError, Weak};

const SHARDS: usize = 64;

struct Entry {
    hash: u64,
    node: Weak<Node>,
}

static TABLE: LazyLock<Vec<Mutex<HashTable<Entry>>>> =
    LazyLock::new(|| (0..SHARDS).map(|_| Mutex::new(HashTable::new())).collect());

fn shard(hash: u64) -> &'static Mutex<HashTable<Entry>> {
    // Middle bits: the table itself takes the lowest ones for the place and the highest for its tags.
    &TABLE[usize::try_from((hash >> 32) & 0xffff).unwrap_or(0) % SHARDS]
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
    // Candidates upgraded during the look-up may be the last reference to their node; they must die after the lock is released.
    let mut rejected: Vec<Arc<Node>> = Vec::new();
    let mut table = shard(hash).lock().unwrap_or_else(PoisonError::into_inner);
    let mut found = None;
    table.find(hash, |entry| {
        if entry.hash != hash {
            return false;
        }
        let Some(node) = entry.node.upgrade() else {
            return false;
        };
        if node.kind() == &kind {
            found = Some(node);
            return true;
        }
        rejected.push(node);
        false
    });
    let node = found.unwrap_or_else(|| {
        let node = Arc::new(Node::new(kind, hash));
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
    drop(rejected);
    Expr::from_node(node)
}

thread_local! {
    static DYING: RefCell<Option<Vec<Kind>>> = const { RefCell::new(None) };
}

/// Called once by a dying node: leaves the table, then lets its children die through a work list instead of the stack.
pub(crate) fn forget(address: *const Node, hash: u64, kind: Kind) {
    {
        let mut table = shard(hash).lock().unwrap_or_else(PoisonError::into_inner);
        if let Ok(entry) = table.find_entry(hash, |entry| entry.node.as_ptr() == address) {
            entry.remove();
        }
    }
    if kind.is_leaf() {
        return;
    }
    let first = DYING.with(|list| {
        let mut list = list.borrow_mut();
        match list.as_mut() {
            Some(list) => {
                list.push(kind);
                None
            }
            None => {
                *list = Some(Vec::new());
                Some(kind)
            }
        }
    });
    if let Some(first) = first {
        drop(first);
        loop {
            let next = DYING.with(|list| list.borrow_mut().as_mut().and_then(Vec::pop));
            match next {
                Some(kind) => drop(kind),
                None => break,
            }
        }
        DYING.with(|list| *list.borrow_mut() = None);
    }
}
