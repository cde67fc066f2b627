using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

namespace Hub.Architecture.Tests;

/// <summary>That one type refers to another: by full names, a nested type under the name of the type that it stands in.</summary>
internal sealed record Reference(string From, string To)
{
    public string FromNamespace => From[..From.LastIndexOf('.')];

    public string ToNamespace => To.Contains('.', StringComparison.Ordinal) ? To[..To.LastIndexOf('.')] : "";

    public override string ToString() => $"{From} → {To}";
}

/// <summary>
/// What types refer to as they are compiled: inferred types and extension methods as well, and what a lambda, an iterator or an async
/// method refers to. Constants and nameof leave no trace there.
/// </summary>
internal static class References
{
    public static IReadOnlyList<Reference> Of(System.Reflection.Assembly assembly, string root) =>
    [
        .. new ArchLoader().LoadAssembly(assembly).Build().Types
            .Where(type => IsIn(type, root))
            .SelectMany(type => type.Dependencies)
            .Select(d => new Reference(Outermost(d.Origin), Outermost(d.Target)))
            .Where(r => r.From != r.To)
            .Distinct()
            .OrderBy(r => r.From, StringComparer.Ordinal).ThenBy(r => r.To, StringComparer.Ordinal),
    ];

    private static bool IsIn(IType type, string root) =>
        type.FullName.StartsWith($"{root}.", StringComparison.Ordinal);

    private static string Outermost(IType type) => type.FullName.Split('+', '/', '`', '<')[0];
}
