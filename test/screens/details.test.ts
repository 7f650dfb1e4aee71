import { test } from './support/with-app.ts';

test('the keys go from one file to the next with the details open', async ({ open }) => {
  const { page } = await open({}, async ({ write, hoist }) => {
    await hoist('upload', await write('first.txt', '1'), '--to', 'demo-flora');
    await hoist('upload', await write('second.txt', '2'), '--to', 'demo-flora');
  });
  await page.getByRole('row', { name: /second\.txt/ }).click();
  await page.keyboard.press('Space');
  const title = (name: string) => page.getByRole('complementary').getByRole('heading', { name });
  await title('second.txt').waitFor();
  await page.keyboard.press('ArrowDown');
  await title('first.txt').waitFor();
  await page.keyboard.press('ArrowUp');
  await title('second.txt').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('complementary').waitFor({ state: 'detached' });
});
