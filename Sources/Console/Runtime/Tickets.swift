/// Which runs and timers are still wanted.
///
/// Of those with a key, a layer's newest is; of those without, all are.
struct Tickets: Sendable {
  private struct Slot: Hashable { let layer: LayerID; let key: String }

  private var next = 0
  private var current: [Slot: Int] = [:]
  /// The wanted ones, with their slot where they have a key and their label where it is work.
  private var open: [Int: (slot: Slot?, layer: LayerID, label: String?, awaiting: Awaiting)] = [:]

  /// The label of the oldest piece of work that is under way.
  var label: String? {
    open.filter { $0.value.label != nil }.min { $0.key < $1.key }?.value.label
  }

  /// Whether the keys that come now should wait for something.
  var isAwaiting: Bool { open.contains { $0.value.awaiting != .nothing } }
  /// Whether what goes into a text field should wait, too.
  var isTextAwaiting: Bool { open.contains { $0.value.awaiting == .all } }

  mutating func issue(
    for layer: LayerID, key: String?, label: String? = nil, awaiting: Awaiting = false
  ) -> ReturnAddress {
    next += 1
    if let key {
      cancel(key, of: layer)
      current[Slot(layer: layer, key: key)] = next
    }
    open[next] = (key.map { Slot(layer: layer, key: $0) }, layer, label, awaiting)
    return ReturnAddress(layer: layer, ticket: next)
  }

  /// Takes a ticket in; false if it is no longer wanted.
  mutating func redeem(_ address: ReturnAddress) -> Bool {
    guard let entry = open.removeValue(forKey: address.ticket) else { return false }
    if let slot = entry.slot { current[slot] = nil }
    return true
  }

  mutating func cancel(_ key: String, of layer: LayerID) {
    guard let ticket = current.removeValue(forKey: Slot(layer: layer, key: key)) else { return }
    open[ticket] = nil
  }

  mutating func cancelAll(of layer: LayerID) {
    open = open.filter { $0.value.layer != layer }
    current = current.filter { $0.key.layer != layer }
  }

  func isWanted(_ address: ReturnAddress) -> Bool { open[address.ticket] != nil }
}
