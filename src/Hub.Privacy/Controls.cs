namespace Hub.Privacy;

/// <summary>
/// Which of the protections are at work. Always <see cref="All"/> outside the tests, which switch one off and must then
/// see an attack succeed.
/// </summary>
internal sealed record Controls(bool PolicyChecked = true, bool Rounded = true, bool Remembered = true, bool Audited = true)
{
    public static Controls All { get; } = new();
}
