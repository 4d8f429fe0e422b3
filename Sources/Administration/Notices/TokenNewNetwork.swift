internal import Access
internal import Store

extension NoticeCondition {
  static let tokenNewNetwork = NoticeCondition(
    "token.newNetwork", "a token is used from a network that is new for that token", for: .securityRead
  ) { scene in
    let most = scene.settings.number(.noticesNetworks)
    return try newNetworks(scene.uses.usedNetworks(since: scene.beginning), most: most).compactMap { used in
      guard let holder = try scene.holder(of: used.token) else { return nil }
      let isLast = used.ordinal == most
      return holder.sighting(
        used.network.description, at: used.firstUsedAt,
        "is used from \(used.network), which is new for that token"
          + (isLast ? "; of further networks nothing is told" : ""),
        ["network": .text(used.network.description), "networkCount": .number(Int64(used.ordinal))])
    }
  }

  /// The networks that are news. A token's first network is none. A token that is used from more than `most`
  /// networks may be used from anywhere, so further networks are no news either.
  static func newNetworks(_ networks: [UsedNetwork], most: Int) -> [UsedNetwork] {
    networks.filter { $0.ordinal > 1 && $0.ordinal <= most }
  }
}
