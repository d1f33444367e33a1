extension MetadataGeneration {
    /// By the root element and what the mapping met.
    init(root: XMLNode, features: Features) {
        if FirstDraftFormat.isRoot(root) || root.namespace == FirstDraftFormat.namespace {
            self = .firstDraft
        } else if features.nestedAssociations, !features.associationElements {
            self = .nestedDraft
        } else if root.namespace == LateDraftFormat.namespace {
            self = .lateDraft
        } else {
            self = .rfc7865
        }
    }
}
