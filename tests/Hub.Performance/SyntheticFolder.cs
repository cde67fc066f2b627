namespace Hub.Performance;

/// <summary>A folder for the synthetic data of one measurement, gone with it.</summary>
internal sealed class SyntheticFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("hub-synthetic-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
